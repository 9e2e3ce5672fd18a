"""The ways to reach people. Each only translates: update -> event, message -> API call."""
