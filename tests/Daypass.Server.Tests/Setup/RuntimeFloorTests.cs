using Daypass.Server.Setup;

namespace Daypass.Server.Tests.Setup;

/// <summary>Which runtimes the server starts on.</summary>
public class RuntimeFloorTests
{
    [Theory]
    [InlineData("10.0.9")]
    [InlineData("9.0.99")]
    public void A_runtime_whose_XML_signatures_have_holes_is_refused(string version) =>
        Assert.Contains(version, Assert.Throws<StartException>(() => RuntimeFloor.Check(Version.Parse(version))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("10.0.10")]
    [InlineData("11.0.0")]
    public void A_later_one_is_good(string version) => RuntimeFloor.Check(Version.Parse(version));
}
