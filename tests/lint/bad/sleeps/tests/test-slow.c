g_usleep (1000);
