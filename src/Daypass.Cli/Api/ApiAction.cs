namespace Daypass.Cli.Api;

/// <summary>An action and its parameters, as the API names them.</summary>
internal sealed record ApiAction(string Name, IReadOnlyList<ApiParameter> Parameters)
{
    /// <summary>The path of a REST service's action, with parameters in braces; null for other services.</summary>
    public string? Path { get; init; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = "POST";
}

internal sealed record ApiParameter(string Name, bool IsRequired)
{
    /// <summary>Whether a REST service takes it from the query string.</summary>
    public bool IsInQuery { get; init; }

    public ParameterKind Kind => ApiTables.KindOf(Name);

    public string Option => "--" + Casing.ToKebab(Name);
}

/// <summary>What a parameter's value is. <see cref="Members"/> are those of a list of structures.</summary>
internal sealed record ParameterKind(ValueKind Value, IReadOnlyList<string> Members)
{
    public static readonly ParameterKind Text = new(ValueKind.Text, []);
}

internal enum ValueKind
{
    Text,
    Integer,
    Boolean,
    Time,
    TextList,
    Blob,
    Structure,
    StructureList,
}
