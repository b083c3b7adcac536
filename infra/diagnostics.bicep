// Lets a gateway write its access log to a workspace, in tables of its own. Deploy it into the gateway's resource group.
targetScope = 'resourceGroup'

param gatewayName string

@description('The id of the workspace that keeps the log.')
param workspaceId string

resource gateway 'Microsoft.Network/applicationGateways@2024-05-01' existing = {
  name: gatewayName
}

resource setting 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: gateway
  name: 'triage502'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ category: 'ApplicationGatewayAccessLog', enabled: true }]
  }
}
