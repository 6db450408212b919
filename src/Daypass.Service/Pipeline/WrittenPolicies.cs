using Daypass.Policies;
using Daypass.Policies.Validation;

namespace Daypass.Service.Pipeline;

/// <summary>
/// The policy documents that a call is to store, and what the validator has to say of them. An action cannot forget to tell of one: reading
/// it (<see cref="Parameters.PolicyDocument"/>) puts it here. Findings are for whoever reads the trail.
/// </summary>
internal sealed class WrittenPolicies
{
    /// <summary>The most findings that the trail shows of a call: the gravest.</summary>
    public const int MostShown = 20;

    /// <summary>More than any quota: what is longer, white space not counted, is refused for that, and costs nothing here.</summary>
    private const int MostCharacters = 12 * 1024;

    private readonly List<WrittenPolicy> _documents = [];

    /// <summary>The wire names of the parameters that hold a document.</summary>
    public IEnumerable<string> Parameters => _documents.Select(document => document.Parameter);

    /// <summary>The gravest findings; none before they are looked over.</summary>
    public IReadOnlyList<PolicyWarning> Warnings { get; private set; } = [];

    /// <summary>Whether there are more than <see cref="Warnings"/> has.</summary>
    public bool HasMore { get; private set; }

    private bool IsLookedOver { get; set; }

    /// <summary>Takes a document up; each try of a call reads it afresh, and it is the same one.</summary>
    public void Add(string parameter, string text, PolicyType type, PolicySyntax syntax)
    {
        if (!_documents.Exists(document => document.Parameter == parameter))
            _documents.Add(new WrittenPolicy(parameter, text, type, syntax));
    }

    /// <summary>
    /// Runs the validator, once for all tries of a call: for somebody who may write, whatever becomes of it then. What it says is advice, which does
    /// not stand in the way: not by refusing, and not by failing.
    /// </summary>
    public void LookOver(ApiRequest request, Action<ApiRequest, Exception> reportFailure)
    {
        if (IsLookedOver || _documents.Count == 0)
            return;
        IsLookedOver = true;
        try
        {
            LookOver();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            reportFailure(request, failure);
        }
    }

    private void LookOver()
    {
        PolicyWarning[] all = [.. _documents.Where(IsStorable).SelectMany(Warn).OrderBy(warning => warning.Type)];
        (Warnings, HasMore) = (all.Length > MostShown ? all[..MostShown] : all, all.Length > MostShown);
    }

    private static bool IsStorable(WrittenPolicy document)
    {
        var left = MostCharacters;
        foreach (var character in document.Text)
        {
            if (character is not (' ' or '\t' or '\r' or '\n') && --left < 0)
                return false;
        }
        return true;
    }

    private static IEnumerable<PolicyWarning> Warn(WrittenPolicy document) =>
        PolicyValidator.Validate(document.Text, document.Type, new PolicyValidationOptions { Syntax = document.Syntax, MaxFindingsPerType = MostShown })
            .Select(finding => new PolicyWarning(document.Parameter, finding.Type, finding.IssueCode, finding.Locations[0].Start));
}

/// <summary>A document that a call is to store, by the parameter that holds it.</summary>
internal sealed record WrittenPolicy(string Parameter, string Text, PolicyType Type, PolicySyntax Syntax);

/// <summary>A finding without its text, which would repeat the policy's.</summary>
internal sealed record PolicyWarning(string Parameter, FindingType Type, string IssueCode, TextPosition Position);
