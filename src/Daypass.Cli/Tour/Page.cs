using System.Text;
using System.Xml.Linq;

namespace Daypass.Cli.Tour;

/// <summary>How the tour looks: plain text, with a little colour where a terminal shows it.</summary>
internal sealed class Page(Host host)
{
    private const int Width = 100;
    private const int MostLines = 24;

    public void Title(string text) => host.WriteLine($"{Styled(text, "1")}\n");

    public void Heading(string text) => host.WriteLine($"\n{Styled($"── {text} ", "1;36")}{Styled(new string('─', Math.Max(4, Width - text.Length - 4)), "36")}\n");

    public void Paragraph(string text) => host.WriteLine($"{Filled(text.Split(' '), "\n")}\n");

    public void Command(string text) => host.WriteLine($"{Styled("$", "2")} {Styled(Continued(text), "1")}");

    /// <summary>The same command in another tool.</summary>
    public void OtherCommand(string text) => host.WriteLine(Styled($"or {Continued(text)}", "2"));

    public void FileContent(string name, string content)
    {
        host.WriteLine(Styled($"# {name}", "2"));
        host.WriteLine(Indented(content));
    }

    /// <summary>A command's output, not longer than one can read.</summary>
    public void Output(string text, int mostLines = MostLines)
    {
        var lines = Laid(text).TrimEnd('\n').Split('\n');
        if (lines is [""])
            return;
        foreach (var line in lines.Take(mostLines).SelectMany(Folded))
            host.WriteLine("  " + line);
        if (lines.Length > mostLines)
            host.WriteLine(Styled($"  ... {lines.Length - mostLines} more lines", "2"));
    }

    /// <summary>Lines that are laid out already.</summary>
    public void Table(IEnumerable<string> lines) => host.WriteLine(Indented(string.Join('\n', lines)));

    public void Kept(string promise) => host.WriteLine($"  {Styled("ok", "32")} {promise}\n");

    public void Broken(string promise) => host.WriteLine($"  {Styled("NOT AS PROMISED", "1;31")} {promise}\n");

    private string Styled(string text, string code) => host.IsTerminal ? $"\u001b[{code}m{text}\u001b[0m" : text;

    private static string Indented(string text) => string.Join('\n', text.TrimEnd('\n').Split('\n').Select(line => "  " + line)) + "\n";

    // The bucket service answers in XML of one line.
    private static string Laid(string text)
    {
        var start = text.IndexOf("<?xml", StringComparison.Ordinal);
        return start < 0 ? text : text[..start] + XDocument.Parse(text[start..]);
    }

    // Long lines are error sentences and URLs: folded at spaces, never cut.
    private static IEnumerable<string> Folded(string line) => Filled(line.Split(' '), "\n").Split('\n');

    // A command stays one command when it is copied: broken before an option.
    private static string Continued(string command) => Filled(command.Replace(" --", "\n--", StringComparison.Ordinal).Split('\n'), " \\\n      ");

    private static string Filled(IEnumerable<string> pieces, string lineBreak)
    {
        var text = new StringBuilder();
        var column = 0;
        var isFirst = true;
        foreach (var piece in pieces)
        {
            var breaks = column > 0 && column + 1 + piece.Length > Width;
            text.Append(breaks ? lineBreak : isFirst ? "" : " ").Append(piece);
            column = breaks ? piece.Length : column + piece.Length + (isFirst ? 0 : 1);
            isFirst = false;
        }
        return text.ToString();
    }
}
