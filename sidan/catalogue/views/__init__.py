"""Pages of the catalogue: the portal's services, and in the console the library, menus, categories, teams' services."""
