using System.Reflection;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Tests.Audit;

/// <summary>Reading the trail is the dearest thing that a call can ask for.</summary>
public sealed class ReadingIsChargedTests
{
    private static readonly string[] Wishes = ["Search", "Traces", "Fetch"];

    [Fact]
    public void Whatever_has_the_trail_read_is_charged_for_it()
    {
        var readers = new ActionCatalog().All.Where(Reads).ToList();
        Assert.Contains("LookupEvents", readers.Select(action => action.Name));
        Assert.Contains("GetLogFile", readers.Select(action => action.Name));
        Assert.All(readers, action => Assert.True(action.SearchesTrail, action.Name));
    }

    private static bool Reads(ApiAction action) =>
        action.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Any(method => Wishes.Contains(method.Name));
}
