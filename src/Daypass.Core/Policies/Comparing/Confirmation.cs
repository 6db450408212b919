using Daypass.Names;

namespace Daypass.Policies.Comparing;

/// <summary>
/// Asks the real evaluator. A policy with principals is put on a resource of an account that no caller is from, so that nothing is allowed which
/// it does not allow, and the callers' own policies allow everything; any other is the only policy of a user.
/// </summary>
internal sealed class Confirmation
{
    private static readonly Policy Everything = new(
        PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""", PolicyType.Identity), "everything", null);

    private readonly Policy _allowing;
    private readonly Policy? _refusing;
    private readonly AccountId _owner;

    /// <param name="allowing">The policy that is to allow a request.</param>
    /// <param name="refusing">The one that is not to; null if there is none.</param>
    /// <param name="owner">An account that no caller is from.</param>
    public Confirmation(Policy allowing, Policy? refusing, AccountId owner)
    {
        (_allowing, _refusing, _owner) = (allowing, refusing, owner);
        HasPrincipals = NamesPrincipals(allowing.Document.Type);
    }

    /// <summary>Whether callers make a difference.</summary>
    public bool HasPrincipals { get; }

    public static bool NamesPrincipals(PolicyType type) => type is PolicyType.Trust or PolicyType.Resource or PolicyType.ResourceControl;

    /// <summary>The request if it is as it should be.</summary>
    public AccessRequest? Confirm(RequestDraft draft)
    {
        var owner = HasPrincipals ? _owner : draft.Principal.Account;
        var resource = _allowing.Document.Type == PolicyType.Trust ? $"arn:aws:iam::{owner}:role/example" : draft.Resource;
        var request = new AccessRequest(draft.Principal, draft.Action, resource, owner, draft.Context, _allowing.Document.Type == PolicyType.Trust);
        return IsAllowed(request, _allowing) && (_refusing is null || !IsAllowed(request, _refusing)) ? request : null;
    }

    private bool IsAllowed(AccessRequest request, Policy policy) => PolicyEvaluator.Evaluate(request, SetOf(policy)).IsAllowed;

    private PolicySet SetOf(Policy policy) => HasPrincipals
        ? new() { Resource = [policy], Identity = [Everything], Session = [Everything] }
        : new() { Identity = [policy] };
}
