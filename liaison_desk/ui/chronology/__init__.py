"""The chronology on screen: its list, its details and the bar where entries are typed."""
