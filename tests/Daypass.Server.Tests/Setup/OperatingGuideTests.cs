using Daypass.Server.Setup;
using Daypass.Testing;

namespace Daypass.Server.Tests.Setup;

/// <summary>The guide's list of settings is that of <c>--help</c>, so that neither can be forgotten.</summary>
public sealed class OperatingGuideTests
{
    [Fact]
    public void The_operating_guide_lists_the_settings_as_help_does()
    {
        var guide = File.ReadLines(Path.Combine(Checkout.Root, "docs/guide/operating.md"));
        Assert.Equal(Settings(OptionsReader.Help.Split('\n')), Settings(guide));
        Assert.NotEmpty(Settings(guide));
    }

    private static IEnumerable<string> Settings(IEnumerable<string> lines) =>
        lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim()).Where(line => line.StartsWith("--", StringComparison.Ordinal));
}
