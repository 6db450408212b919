namespace Daypass.Cli.Printing;

/// <summary>Rows of texts in columns as wide as they must be.</summary>
internal static class TextTable
{
    public static string Of(IReadOnlyList<string> titles, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [titles, .. rows];
        var widths = Enumerable.Range(0, titles.Count).Select(column => all.Max(row => row[column].Length)).ToArray();
        return string.Join('\n', all.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }
}
