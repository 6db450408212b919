using Daypass.Policies;
using Daypass.Policies.Validation;

namespace Daypass.Service.Pipeline;

/// <summary>
/// The policy documents that a call is to store, and what the validator has to say of them. An action cannot forget to tell of one: reading
/// it (<see cref="Parameters.PolicyDocument"/>) puts it here. Findings are advice for whoever reads the trail; they refuse nothing.
/// </summary>
internal sealed class WrittenPolicies
{
    /// <summary>The most findings that the trail shows of a call: the gravest.</summary>
    public const int MostShown = 20;

    private readonly List<(string Parameter, string Text, PolicyType Type)> _documents = [];

    /// <summary>The wire names of the parameters that hold a document.</summary>
    public IEnumerable<string> Parameters => _documents.Select(document => document.Parameter);

    /// <summary>The gravest findings; none before <see cref="LookOver"/>.</summary>
    public IReadOnlyList<PolicyWarning> Warnings { get; private set; } = [];

    /// <summary>Whether there are more than <see cref="Warnings"/> has.</summary>
    public bool HasMore { get; private set; }

    private bool IsLookedOver { get; set; }

    /// <summary>Takes a document up; each try of a call reads it afresh, and it is the same one.</summary>
    public void Add(string parameter, string text, PolicyType type)
    {
        if (!_documents.Exists(document => document.Parameter == parameter))
            _documents.Add((parameter, text, type));
    }

    /// <summary>Runs the validator, once for all tries of a call.</summary>
    public void LookOver()
    {
        if (IsLookedOver || _documents.Count == 0)
            return;
        // First, so that a text that the validator broke on is not tried again.
        IsLookedOver = true;
        PolicyWarning[] all = [.. _documents.SelectMany(Warn).OrderBy(warning => warning.Type)];
        (Warnings, HasMore) = (all.Length > MostShown ? all[..MostShown] : all, all.Length > MostShown);
    }

    private static IEnumerable<PolicyWarning> Warn((string Parameter, string Text, PolicyType Type) document) =>
        PolicyValidator.Validate(document.Text, document.Type, new PolicyValidationOptions { MaxFindingsPerType = MostShown })
            .Select(finding => new PolicyWarning(document.Parameter, finding.Type, finding.IssueCode, finding.Locations[0].Start));
}

/// <summary>A finding without its text, which would repeat the policy's.</summary>
internal sealed record PolicyWarning(string Parameter, FindingType Type, string IssueCode, TextPosition Position);
