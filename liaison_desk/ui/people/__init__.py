"""The room 関係者: people, organisations and the phone book."""
