using System.Text.Json.Nodes;

namespace Daypass.Cli.Tour.Chapters;

/// <summary>The audit trail of what has just happened.</summary>
internal static class Trail
{
    private const string Lookup = "cloudtrail lookup-events --max-results 50";
    private const string Newest = "cloudtrail lookup-events --max-results 1 --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole --profile admin";

    // Those that the story is about: the rest made users and policies.
    private static readonly string[] Told = ["AssumeRole", "GetCallerIdentity", "ListUsers"];

    public static async Task PlayAsync(Stage stage)
    {
        stage.Page.Paragraph("Every call is on record, whether it was allowed or refused.");
        var newest = await stage.AllowAsync(Newest, "the newest AssumeRole", "CloudTrailEvent");
        stage.Judge("it is bob's, and was refused", TrailEvent.ReadAll(JsonNode.Parse(newest.Output)!) is [{ Error: "AccessDenied" } refused] && refused.Who.EndsWith(":user/bob", StringComparison.Ordinal));
        stage.Page.Paragraph("The story's calls in the first account's trail, a line each, oldest first:");
        CheckOwn(stage, await ShowAsync(stage, "admin"));
        stage.Page.Paragraph("And in the partner's:");
        CheckPartner(stage, await ShowAsync(stage, "partner-admin"));
    }

    private static async Task<IReadOnlyList<TrailEvent>> ShowAsync(Stage stage, string profile)
    {
        var events = new List<TrailEvent>();
        var page = "";
        do
        {
            var answer = JsonNode.Parse((await stage.RunAsync($"{Lookup} --profile {profile}{page}")).Output)!;
            events.AddRange(TrailEvent.ReadAll(answer));
            page = answer["NextToken"] is { } token ? $" --next-token {token}" : "";
        }
        while (page.Length > 0);
        events.RemoveAll(each => !Told.Contains(each.Name));
        events.Reverse();
        stage.Page.Table(events.Select(each => each.Line));
        return events;
    }

    private static void CheckOwn(Stage stage, IReadOnlyList<TrailEvent> events)
    {
        var alice = events.Where(each => each.Who.EndsWith(":user/alice", StringComparison.Ordinal)).ToList();
        stage.Judge("what alice was allowed is there", alice.Exists(each => each is { Name: "AssumeRole", IsAllowed: true }));
        stage.Judge("and what she was refused", alice.Exists(each => each is { Name: "ListUsers", Error: "AccessDenied" }) && alice.Count(each => each is { Name: "AssumeRole", Error: "AccessDenied" }) == 3);
        stage.Judge("the session's call has the role that it went through", Through(events, "role/log-reader"));
    }

    private static void CheckPartner(Stage stage, IReadOnlyList<TrailEvent> events)
    {
        stage.Judge("the partner sees who came in, and from which account", events.Any(each => each is { Name: "AssumeRole", IsAllowed: true } && each.Who.Contains(Stage.Account, StringComparison.Ordinal)));
        stage.Judge("and what was done there through its role", Through(events, "role/auditor"));
    }

    private static bool Through(IEnumerable<TrailEvent> events, string role) =>
        events.Any(each => each.Name == "GetCallerIdentity" && each.Role.EndsWith(":" + role, StringComparison.Ordinal));
}
