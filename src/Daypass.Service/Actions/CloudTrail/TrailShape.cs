using Daypass.Service.Pipeline;
using Daypass.Trails;

namespace Daypass.Service.Actions.CloudTrail;

/// <summary>An account's one trail, as DescribeTrails and GetTrail have it. It is there from the first event, and nobody can stop it.</summary>
internal sealed record TrailShape(TrailPlace Place) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("Name", Place.Trail);
        writer.Text("S3BucketName", Place.Bucket);
        writer.Flag("IncludeGlobalServiceEvents", true);
        writer.Flag("IsMultiRegionTrail", true);
        writer.Text("HomeRegion", Place.Region);
        writer.Text("TrailARN", Place.Arn);
        writer.Flag("LogFileValidationEnabled", true);
        writer.Flag("HasCustomEventSelectors", false);
        writer.Flag("HasInsightSelectors", false);
        writer.Flag("IsOrganizationTrail", false);
    }
}
