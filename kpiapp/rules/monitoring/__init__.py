"""Rules of the family monitoring: 运行监控, within the year."""
