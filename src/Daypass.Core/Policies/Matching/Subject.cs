using Daypass.Names;

namespace Daypass.Policies.Matching;

/// <summary>A request prepared for matching, once: the action in lower case, the resource's ARN split.</summary>
internal readonly ref struct Subject(AccessRequest request, ReadOnlySpan<char> action, bool hasBoundary)
{
    public AccessRequest Request { get; } = request;

    public Principal Caller { get; } = request.Principal;

    public RequestContext Context { get; } = request.Context;

    public ReadOnlySpan<char> Action { get; } = action;

    /// <summary>The part of the action before the first colon; empty if there is no colon.</summary>
    public ReadOnlySpan<char> Service { get; } = action[..Math.Max(0, action.IndexOf(':'))];

    /// <summary>Hashes for <see cref="NameTable"/>, made once for all policies.</summary>
    public int ActionHash { get; } = NameTable.HashOf(action);

    public int ServiceHash { get; } = NameTable.HashOf(action[..Math.Max(0, action.IndexOf(':'))]);

    public ArnFields Resource { get; } = FieldsOf(request);

    public bool HasBoundary { get; } = hasBoundary;

    /// <summary>Patterns are of ARNs, whatever syntax they were written in.</summary>
    private static ArnFields FieldsOf(AccessRequest request)
    {
        var fields = new ArnFields(request.Resource);
        return !fields.IsArn && Urn.ToArnText(request.Resource, request.UrnPrefix) is { } arn ? new ArnFields(arn) : fields;
    }
}
