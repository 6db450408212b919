using Daypass.Names;
using Daypass.Trails;

namespace Daypass.Service.Audit.Digests;

/// <summary>What an operator can set about how trails are sealed.</summary>
internal sealed record TrailSettings
{
    /// <summary>Every account has one trail, and it is called so.</summary>
    public const string TrailName = "daypass";

    /// <summary>How often events are sealed: what is newer is not protected yet. Default one hour, as CloudTrail; 1 minute to 1 day.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The bucket that digests name as their place; it is signed, so clients that validate an exported trail look there and nowhere else.
    /// Default <c>daypass-trail</c>.
    /// </summary>
    public string Bucket { get; init; } = "daypass-trail";

    /// <summary>The region that exported files stand under.</summary>
    public string Region { get; init; } = Pipeline.Regions.Default;

    /// <summary>For how many days events are kept; 0: for ever.</summary>
    public int RetentionDays { get; init; }

    public TrailPlace PlaceOf(AccountId account) => new(account, Region, TrailName, Bucket);
}
