// Files are written whole or not at all everywhere in this room.
global using ClusterSurvey.Activities.Files;
