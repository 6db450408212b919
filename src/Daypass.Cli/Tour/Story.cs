using System.Diagnostics;
using System.Globalization;
using Daypass.Cli.Tour.Chapters;

namespace Daypass.Cli.Tour;

/// <summary>The tour's table of contents, and its end: how it went.</summary>
internal static class Story
{
    private static readonly (string Heading, Func<Stage, Task> Play)[] Chapters =
    [
        ("Who am I?", WhoAmI.PlayAsync),
        ("A bucket service that Daypass protects", BucketService.PlayAsync),
        ("A user, a role, and who may do what", UserAndRole.PlayAsync),
        ("The user has no rights of its own", NoRights.PlayAsync),
        ("A session of the role", Session.PlayAsync),
        ("The session reads, and may not write", ReadNotWrite.PlayAsync),
        ("A session policy narrows a session further", SessionPolicy.PlayAsync),
        ("The session ends", SessionEnds.PlayAsync),
        ("A second account", SecondAccount.PlayAsync),
        ("Across accounts, with an external id", ExternalId.PlayAsync),
        ("What is in one account is not the other's", Boundaries.PlayAsync),
        ("Who did what, and through which role", Trail.PlayAsync),
    ];

    /// <summary>Whether every promise was kept.</summary>
    public static async Task<bool> PlayAsync(Stage stage)
    {
        var started = Stopwatch.StartNew();
        var page = stage.Page;
        try
        {
            page.Title("Daypass: a temporary credential, used on a real resource, until it stops working");
            await stage.StartServerAsync();
            stage.ShowSurroundings();
            for (var i = 0; i < Chapters.Length; i++)
            {
                page.Heading($"{i + 1}. {Chapters[i].Heading}");
                await Chapters[i].Play(stage);
            }
            page.Heading("Summary");
            page.Paragraph(string.Create(CultureInfo.InvariantCulture,
                $"{Chapters.Length} chapters, every promise kept: {stage.Allowed} commands were allowed and {stage.Refused} refused, in {started.Elapsed.TotalSeconds:0.0} seconds."));
            return true;
        }
        catch (BrokenPromiseException broken)
        {
            page.Broken(broken.Message);
            page.Output(stage.Logs(), mostLines: 60);
            return false;
        }
    }
}
