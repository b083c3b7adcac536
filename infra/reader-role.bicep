// The right to read what a diagnosis rests on, and nothing else: a role of its own, and its assignment to the app.
// Deploy it to each subscription that holds gateways or their backends; it takes an owner's right there.
targetScope = 'subscription'

@description('The principal of the app, an output of main.bicep.')
param principalId string

@description('Role names are unique in a tenant: give another one for a second subscription.')
param roleName string = 'Application Gateway 502 Triage'

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, 'triage502-reader')
  properties: {
    roleName: roleName
    description: 'Reads gateway configuration, health, network, metrics and logs. Changes nothing.'
    type: 'CustomRole'
    permissions: [{ actions: loadJsonContent('actions.json') }]
    assignableScopes: [subscription().id]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, role.id)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: role.id
  }
}
