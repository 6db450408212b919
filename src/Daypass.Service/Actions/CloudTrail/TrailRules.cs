using Daypass.Service.Pipeline;
using Daypass.Trails;

namespace Daypass.Service.Actions.CloudTrail;

/// <summary>What the actions on trails have in common: an account has one, and it is the caller's own.</summary>
internal static class TrailRules
{
    public static TrailPlace Own(Scene scene) => scene.TrailFacts.Settings.PlaceOf(scene.Caller.Account);

    public static bool Means(TrailPlace place, string nameOrArn) => nameOrArn == place.Trail || nameOrArn == place.Arn;

    public static TrailPlace Require(Scene scene, string nameOrArn) => Own(scene) is var own && Means(own, nameOrArn)
        ? own
        : throw Errors.Service("TrailNotFoundException", $"Unknown trail: {Errors.Shorten(nameOrArn)} for the user: {scene.Caller.Account}");

    public static string RequireName(Parameters wire) => wire.Raw("Name") is { Length: > 0 } name
        ? name
        : throw Errors.Service("InvalidTrailNameException", "Trail name cannot be blank!");

    /// <summary>The permission to look at the trail; every action on it names the trail's ARN.</summary>
    public static Question Ask(string action, Scene scene) => Question.Of(new Permission($"cloudtrail:{action}", Own(scene).Arn, scene.Caller.Account));
}
