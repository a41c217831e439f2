text = g_strdup_printf ("SELECT * FROM dossier WHERE number = %s", typed);
