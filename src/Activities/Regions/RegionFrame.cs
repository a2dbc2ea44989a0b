namespace ClusterSurvey.Activities.Regions;

/// <summary>The coordinates that a line of a region file is written in.</summary>
internal enum RegionFrame
{
    Sky,
    Image,
    Physical,
}
