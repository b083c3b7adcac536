param prefix string = 'shop'

resource gw 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'agw-${prefix}'
}
