// What wakes triage502 for one gateway: an action group that calls it, and the rules that tell of 502.
// Deploy it after the app, into the gateway's resource group.
targetScope = 'resourceGroup'

@description('The gateway to watch; it lies in this resource group.')
param gatewayName string

@description('The id of the function app, an output of main.bicep.')
param functionAppId string

@description('How many responses of the 5xx group in five minutes are too many.')
param tooManyErrors int = 10

resource gateway 'Microsoft.Network/applicationGateways@2024-05-01' existing = {
  name: gatewayName
}

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  scope: resourceGroup(split(functionAppId, '/')[2], split(functionAppId, '/')[4])
  name: last(split(functionAppId, '/'))
}

resource actions 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-triage502-${gatewayName}'
  location: 'Global'
  properties: {
    groupShortName: 'triage502'
    enabled: true
    azureFunctionReceivers: [
      {
        name: 'triage502'
        functionAppResourceId: functionAppId
        functionName: 'alerts'
        #disable-next-line use-resource-symbol-reference
        httpTriggerUrl: 'https://${app.properties.defaultHostName}/api/alerts?code=${listKeys('${functionAppId}/host/default', '2024-04-01').functionKeys.default}'
        useCommonAlertSchema: true
      }
    ]
  }
}

var rules = [
  {
    name: 'clients-get-5xx'
    description: 'Clients get 5xx'
    metric: 'ResponseStatus'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: tooManyErrors
    severity: 1
    dimensions: [{ name: 'HttpStatusGroup', operator: 'Include', values: ['5xx'] }]
  }
  {
    name: 'pool-is-down'
    description: 'A pool has no server left that passes its probe'
    metric: 'HealthyHostCount'
    aggregation: 'Average'
    operator: 'LessThan'
    threshold: 1
    severity: 1
    dimensions: [{ name: 'BackendSettingsPool', operator: 'Include', values: ['*'] }]
  }
]

resource alerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in rules: {
    name: '${gatewayName}-${rule.name}'
    location: 'global'
    properties: {
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [gateway.id]
      evaluationFrequency: 'PT1M'
      windowSize: 'PT5M'
      autoMitigate: true
      actions: [{ actionGroupId: actions.id }]
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: rule.name
            metricNamespace: 'Microsoft.Network/applicationGateways'
            metricName: rule.metric
            timeAggregation: rule.aggregation
            operator: rule.operator
            threshold: rule.threshold
            dimensions: rule.dimensions
          }
        ]
      }
    }
  }
]
