"""The pure rules of attendance: the code at a door, the grade of a reading."""
