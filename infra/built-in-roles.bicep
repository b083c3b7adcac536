// The right to read what a diagnosis rests on, for those who may assign roles but not create them: the built-in Reader,
// and beside it a small role that an owner created once. reader-role.bicep does both in one step.
// Deploy it to each subscription that holds gateways or their backends.
targetScope = 'subscription'

@description('The principal of the app, an output of main.bicep.')
param principalId string

@description('The id of a role with the actions of post-actions.json (docs/permissions.md). Empty: no backend health, no learned routes.')
param postActionsRoleId string = ''

var reader = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')
var roles = empty(postActionsRoleId) ? [reader] : [reader, postActionsRoleId]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    name: guid(subscription().id, principalId, role)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: role
    }
  }
]
