using System.Globalization;
using Daypass.Signing;

namespace Daypass.AspNetCore;

/// <summary>A call of the uproject dialect whose caller is proven, as a handler sees it. Names of parameters are case-sensitive.</summary>
public sealed class UprojectCall
{
    private readonly Dictionary<string, string> _arguments;

    /// <summary>Names of all parameters but those of every call.</summary>
    internal IEnumerable<string> Names => _arguments.Keys;

    internal static string? ProjectOf(UprojectRequest request) =>
        request.Arguments.FirstOrDefault(argument => argument.Key == "ProjectId").Value is { Length: > 0 } project ? project : null;

    /// <summary>What was signed without delimiters; null for a call whose signature has them (Signature V4).</summary>
    internal UprojectRequest? Signed { get; }

    internal UprojectCall(HttpContext http, UprojectRequest request, bool isDelimited = false)
    {
        HttpContext = http;
        Signed = isDelimited ? null : request;
        Action = request.Action ?? "";
        _arguments = new Dictionary<string, string>(request.Arguments.Count, StringComparer.Ordinal);
        foreach (var (name, value) in request.Arguments)
            _arguments[name] = value;
    }

    /// <summary>The request.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>The parameter <c>Action</c>.</summary>
    public string Action { get; }

    /// <summary>Who calls.</summary>
    public DaypassCaller Caller => HttpContext.GetDaypassCaller();

    /// <summary>The parameter <c>Region</c>; null when it is absent.</summary>
    public string? Region => this["Region"];

    /// <summary>
    /// The project that the call is about: the parameter <c>ProjectId</c>, else the default project of the caller's account. It is what policies are
    /// asked with (<c>ucs:ProjectId</c>), so what belongs to another project must not be found by the call. Null where Daypass knows of no projects.
    /// </summary>
    public string? ProjectId => Caller.EffectiveProject;

    /// <summary>A parameter's text; null when it is absent or empty, which clients do not tell apart.</summary>
    /// <param name="name">As in a form: <c>Disks.0.Size</c> for what a JSON body may have nested.</param>
    /// <exception cref="UprojectException">It is a list or an object: 230. Its signature is also that of a text, which must not be hidden by it.</exception>
    public string? this[string name] =>
        IsNested(name) ? throw UprojectException.NotValid(name, "one text, and no list or object") : _arguments.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A parameter that must be there.</summary>
    /// <param name="name">As in the indexer.</param>
    /// <exception cref="UprojectException">It is not: 220.</exception>
    public string Require(string name) => this[name] ?? throw UprojectException.Missing(name);

    /// <summary>A parameter that is a whole number; null when it is absent.</summary>
    /// <param name="name">As in the indexer.</param>
    /// <param name="minimum">The least.</param>
    /// <param name="maximum">The most.</param>
    /// <exception cref="UprojectException">It is none, or out of range: 230.</exception>
    public int? Number(string name, int minimum, int maximum)
    {
        if (this[name] is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw UprojectException.NotValid(name, $"a whole number from {minimum} to {maximum}");
    }

    /// <summary>A list of texts: <c>Name.0</c>, <c>Name.1</c>, ... up to the first that is absent; or <c>Name</c> alone, a list of one.</summary>
    /// <param name="name">Without an index.</param>
    public IReadOnlyList<string> List(string name)
    {
        var list = new List<string>();
        while (this[string.Create(CultureInfo.InvariantCulture, $"{name}.{list.Count}")] is { } item)
            list.Add(item);
        return list.Count == 0 && !IsNested(name) && this[name] is { } single ? [single] : list;
    }

    private bool IsNested(string name) => Signed?.Nested.Contains(name) is true;
}
