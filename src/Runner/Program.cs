using ClusterSurvey.Runner;

return CommandLine.Run(args);
