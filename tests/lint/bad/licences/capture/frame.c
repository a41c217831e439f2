int naked;
