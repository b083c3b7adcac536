// The function app with what it needs to run: storage without keys, an identity, a Flex Consumption plan, logs.
// What it may read is given by reader-role.bicep, what wakes it by alerts.bicep: their owners are often others.
targetScope = 'resourceGroup'

@description('Begins every name; letters and digits.')
@minLength(3)
@maxLength(12)
param prefix string = 'triage502'

param location string = resourceGroup().location

@description('Where reports go: the address of a webhook. Empty means that they are only kept.')
@secure()
param webhookUrl string = ''

@description('off keeps the app from asking the backends itself.')
@allowed(['on', 'off'])
param directProbes string = 'on'

@description('Where people reach the app, if that is not its own host name: a custom domain, a gateway in front of it.')
param publicUrl string = ''

@description('Signs the links in messages: a random text of at least 32 characters, or a Key Vault reference. Empty: the app makes one and keeps it in its table.')
@secure()
param linkSecret string = ''

@description('While linkSecret is being replaced: the one before it, so that links in older messages still open.')
@secure()
param linkSecretPrevious string = ''

@description('Client ID of the app registration with which people sign in (Entra ID). Empty: nobody signs in; pages open by link or with a key.')
param signInClientId string = ''

@description('A subnet delegated to Microsoft.App/environments, for direct looks at private backends. Empty means none.')
param subnetId string = ''

@description('More settings of the app, by their names in docs/settings.md: those of other channels, for example.')
@secure()
param appSettings object = {}

// The clouds by the names that Azure and the app have for them.
var clouds = { AzureCloud: 'public', AzureUSGovernment: 'usgovernment', AzureChinaCloud: 'china' }

// These do not ask people to sign in, each by name: whatever is not here does. A token, a key or a signature is checked behind
// them, or nothing is secret there. A name that ends with /* means all below it:
// https://learn.microsoft.com/azure/app-service/configure-authentication-file-based#configuration-file-reference
var open = ['/api/i/*', '/api/causes', '/api/causes/*', '/api/slack/*']
var withKey = [
  '/api/alerts'
  '/api/ignored-alerts'
  '/api/diagnose'
  '/api/diagnoses/*'
  '/api/doctor'
  '/api/incidents'
  '/api/incidents/*'
  '/api/accuracy'
  '/api/channels'
]

var token = toLower(uniqueString(resourceGroup().id, prefix))
var queues = ['triage502-incidents', 'triage502-incidents-poison', 'triage502-deliveries', 'triage502-deliveries-poison', 'triage502-slack']

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${prefix}-${token}'
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: take('st${prefix}${token}', 24)
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    defaultToOAuthAuthentication: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: storage
  name: 'default'
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'app-package'
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: storage
  name: 'default'
}

// Made beforehand: the host notices a queue that is made later only after a while.
resource workQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [
  for name in queues: {
    parent: queueService
    name: name
  }
]

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-${prefix}-${token}'
  location: location
  properties: { retentionInDays: 30, sku: { name: 'PerGB2018' } }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${prefix}-${token}'
  location: location
  kind: 'web'
  properties: { Application_Type: 'web', WorkspaceResourceId: logs.id, DisableLocalAuth: true }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${prefix}-${token}'
  location: location
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

// By this name the platform takes the app's identity in place of a client secret:
// https://learn.microsoft.com/azure/app-service/configure-authentication-provider-aad#use-a-managed-identity-instead-of-a-secret-preview
var identityAsSecret = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
var signInSettings = empty(signInClientId) ? {} : { '${identityAsSecret}': identity.properties.clientId }

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-${prefix}-${token}'
  location: location
  kind: 'functionapp,linux'
  tags: { 'azd-service-name': 'triage502' }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: { minTlsVersion: '1.2', ftpsState: 'Disabled' }
    functionAppConfig: {
      runtime: { name: 'java', version: '17' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packages.name}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
      scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union({
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
      AzureWebJobsStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
      AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      AZURE_CLIENT_ID: identity.properties.clientId
      TRIAGE502_AZURE_CLOUD: clouds[environment().name]
      TRIAGE502_WEBHOOK_URL: webhookUrl
      TRIAGE502_DIRECT_PROBES: directProbes
      TRIAGE502_PUBLIC_URL: publicUrl
      TRIAGE502_LINK_SECRET: linkSecret
      TRIAGE502_LINK_SECRET_PREVIOUS: linkSecretPrevious
    }, signInSettings, appSettings)
    dependsOn: [hostRoles]
  }

  resource signIn 'config' = if (!empty(signInClientId)) {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: 'RedirectToLoginPage'
        redirectToProvider: 'azureactivedirectory'
        excludedPaths: concat(open, withKey)
      }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: signInClientId
            openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
            clientSecretSettingName: identityAsSecret
          }
          validation: { allowedAudiences: ['api://${signInClientId}', signInClientId] }
        }
      }
      login: { tokenStore: { enabled: false } }
      httpSettings: { requireHttps: true }
    }
    dependsOn: [settings]
  }
}

// What the host and the app need of their own storage and telemetry; nothing of it reaches beyond this group.
var storageRoles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
]

resource hostRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in storageRoles: {
    scope: storage
    name: guid(storage.id, identity.id, role)
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb' // Monitoring Metrics Publisher

resource telemetryRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, identity.id, metricsPublisher)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
  }
}

output functionApp string = app.name
output url string = empty(publicUrl) ? 'https://${app.properties.defaultHostName}' : publicUrl
output functionAppId string = app.id
output principalId string = identity.properties.principalId
