using Daypass.Policies.Matching;
using Daypass.Policies.Parsing;

namespace Daypass.Policies;

/// <summary>
/// An immutable, compiled policy (IAM guide, "IAM JSON policy reference"). The text is kept as it was supplied. Safe to share
/// between threads and between all who have the same text.
/// </summary>
public sealed class PolicyDocument
{
    internal const string Version2012 = "2012-10-17";
    internal const string Version2008 = "2008-10-17";

    internal PolicyDocument(string text, PolicyType type, PolicySyntax syntax, JsonItem root, Statement[] statements, PolicyError? fault = null)
    {
        Fault = fault;
        Text = text;
        Type = type;
        Syntax = syntax;
        Version = root["Version"]?.Text ?? syntax.DefaultVersion;
        Id = root["Id"]?.Text;
        Statements = Array.AsReadOnly(statements);
        Blocks = StatementBlock.Of(statements);
        SizeWithoutWhiteSpace = Measure(text);
    }

    /// <summary>The text as it was supplied.</summary>
    public string Text { get; }

    /// <summary>The type whose grammar it was checked against.</summary>
    public PolicyType Type { get; }

    /// <summary>The syntax it is written in.</summary>
    public PolicySyntax Syntax { get; }

    /// <summary>"2012-10-17" or "2008-10-17", the latter if the text has none; "1" in uproject's syntax.</summary>
    public string Version { get; }

    /// <summary>The document's id; it takes no part in decisions.</summary>
    public string? Id { get; }

    /// <summary>The statements in the order of the text; at least one.</summary>
    public IReadOnlyList<Statement> Statements { get; }

    /// <summary>
    /// What the reader of today refuses in a stored document; null for any other. The document is evaluated nevertheless, closed where it
    /// is not understood: worth a loud line in a log.
    /// </summary>
    public PolicyError? Fault { get; }

    /// <summary>The characters that count for IAM's quotas: all but white space outside of JSON strings.</summary>
    public int SizeWithoutWhiteSpace { get; }

    /// <summary>Every principal named, in the order of the text; for trust and resource policies.</summary>
    public IEnumerable<PrincipalPattern> Principals => Statements.SelectMany(statement => statement.Principals);

    /// <summary>Whether the statements could not even be told apart.</summary>
    internal bool IsClosed { get; init; }

    /// <summary>The statements by action.</summary>
    internal StatementBlock[] Blocks { get; }

    /// <summary>Reads a document in AWS's syntax; null and the reason if it is refused. Never throws for what the text holds.</summary>
    /// <param name="text">JSON of at most 131072 characters.</param>
    /// <param name="type">Which grammar applies.</param>
    /// <param name="error">AWS's message and the place of the first fault.</param>
    public static PolicyDocument? TryParse(string text, PolicyType type, out PolicyError? error) =>
        TryParse(text, type, PolicySyntax.Aws, out error);

    /// <summary>Reads a document; null and the reason if it is refused. Never throws for what the text holds.</summary>
    /// <param name="text">JSON of at most 131072 characters.</param>
    /// <param name="type">Which grammar applies.</param>
    /// <param name="syntax">Which language it is written in.</param>
    /// <param name="error">The message and the place of the first fault.</param>
    public static PolicyDocument? TryParse(string text, PolicyType type, PolicySyntax syntax, out PolicyError? error) =>
        PolicyParser.TryParse(text, type, syntax, out error);

    /// <summary>Reads a document that is known to be right, such as a constant.</summary>
    /// <exception cref="FormatException">It is refused.</exception>
    public static PolicyDocument Parse(string text, PolicyType type) => Parse(text, type, PolicySyntax.Aws);

    /// <summary>The same for any syntax.</summary>
    /// <exception cref="FormatException">It is refused.</exception>
    public static PolicyDocument Parse(string text, PolicyType type, PolicySyntax syntax) =>
        TryParse(text, type, syntax, out var error) ?? throw new FormatException($"{error!.Message} (line {error.Position.Line}, column {error.Position.Column})");

    /// <summary>
    /// Reads a document that was accepted once, perhaps by other rules than today's. Never refuses and never widens: what the reader of
    /// today does not take in an Allow makes that statement inapplicable, and in a Deny it counts as matching. A text of which not even the
    /// statements can be told apart denies everything. <see cref="Fault"/> says what was wrong.
    /// </summary>
    /// <param name="text">The stored text.</param>
    /// <param name="type">Which grammar applies.</param>
    public static PolicyDocument ReadStored(string text, PolicyType type) => ReadStored(text, type, PolicySyntax.Aws);

    /// <summary>The same for any syntax.</summary>
    /// <param name="text">The stored text.</param>
    /// <param name="type">Which grammar applies.</param>
    /// <param name="syntax">Which language it is written in.</param>
    public static PolicyDocument ReadStored(string text, PolicyType type, PolicySyntax syntax) =>
        TryParse(text, type, syntax, out var error) ?? new StoredReader(text, type, syntax, error!).Read();

    /// <summary>The same for a document with the mark of its syntax beside it. One with a mark that is not known denies everything.</summary>
    /// <param name="text">The stored text.</param>
    /// <param name="type">Which grammar applies.</param>
    /// <param name="mark">The <see cref="PolicySyntax.Mark"/> of the language it is written in; null is AWS's.</param>
    public static PolicyDocument ReadStored(string text, PolicyType type, string? mark) => PolicySyntax.FromMark(mark) is { } syntax
        ? ReadStored(text, type, syntax)
        : ClosedDocument.Of(text, type, PolicySyntax.Aws, new PolicyError("The document is in a syntax that is not known here.", new TextPosition(0, 1, 1)));

    /// <summary>
    /// A document of the same type with only those statements that can concern an action of a service, each as written. Decisions
    /// about that service's actions are the same as with the whole. If nothing is left, one statement that never applies stands in. Read it as the document was read: a slice of what is not understood is not understood either.
    /// </summary>
    /// <param name="service">The part of actions before the colon, such as <c>s3</c>.</param>
    public string Slice(string service) => PolicySlice.Of(this, service);

    /// <summary>The condition key of a request's project, in uproject.</summary>
    public const string ProjectKey = "ucs:ProjectId";

    /// <summary>
    /// The document as a binding to one project has it: every statement has the condition more that <see cref="ProjectKey"/> is the project, in its text
    /// too. A document with a <see cref="Fault"/> denies everything instead.
    /// </summary>
    /// <param name="project">The project's id, such as <c>org-xp2ucn</c>: letters, digits and hyphens.</param>
    public PolicyDocument InProject(string project) => ProjectScope.Of(this, ProjectKey, project);

    /// <summary>The characters of a text that count for quotas.</summary>
    internal static int Measure(string text)
    {
        var size = 0;
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                inString = !inString;
            else if (inString && text[i] == '\\')
                size += ++i < text.Length ? 1 : 0;
            else if (!inString && text[i] is ' ' or '\t' or '\r' or '\n')
                continue;
            size++;
        }
        return size;
    }
}
