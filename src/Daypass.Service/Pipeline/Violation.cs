namespace Daypass.Service.Pipeline;

/// <summary>What is wrong with one parameter.</summary>
/// <param name="Field">Its name as AWS prints it: <c>tags.1.member.key</c>.</param>
/// <param name="Message">The whole sentence, value and name included.</param>
internal sealed record Violation(string Field, string Message)
{
    /// <summary>The parameter under its wire name.</summary>
    public string Parameter { get; init; } = "";

    /// <summary>Whether what is wrong is that it is not there.</summary>
    public bool IsAbsence { get; init; }

    /// <param name="name">The parameter under its wire name.</param>
    /// <param name="value">The value as the sentence shows it, shortened and quoted.</param>
    /// <param name="constraint">The rule that it breaks.</param>
    public static Violation Of(string name, string value, string constraint)
    {
        var field = FieldName(name);
        return new Violation(field, $"Value {value} at '{field}' failed to satisfy constraint: {constraint}") { Parameter = name };
    }

    // AWS prints field names in lower camel case and list members without the word "member": tags.1.member.key.
    private static string FieldName(string name)
    {
        var parts = name.Split('.');
        var shown = new List<string>(parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] == "member" && i + 1 < parts.Length)
            {
                shown.Add(parts[++i]);
                shown.Add("member");
            }
            else
            {
                shown.Add(parts[i].Length == 0 ? "" : char.ToLowerInvariant(parts[i][0]) + parts[i][1..]);
            }
        }
        return string.Join('.', shown);
    }
}
