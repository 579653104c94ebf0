"""Pages of people: the door, my page, and in the console volunteers, teams, accounts, directors."""
