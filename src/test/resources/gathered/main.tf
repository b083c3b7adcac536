resource "azurerm_application_gateway" "shop" {
  name = "agw-shop"
}
