namespace Daypass.Architecture.Tests;

public class SizeRules
{
    private const int MostLines = 350;

    // Tables are data: they may be as long as what they list.
    private static readonly string[] Tables = [];

    [Fact]
    public void No_source_file_grows_past_what_a_reader_can_hold()
    {
        var tooLong = Repository.Sources("src").Concat(Repository.Sources("samples"))
            .Where(path => !Tables.Contains(Path.GetFileName(path)) && File.ReadLines(path).Count() > MostLines)
            .Select(path => Path.GetRelativePath(Repository.Root, path));
        Assert.Empty(tooLong);
    }
}
