namespace Daypass.Policies.Matching;

/// <summary>A request prepared for matching, once: the action in lower case, the resource's ARN split.</summary>
internal readonly ref struct Subject(AccessRequest request, ReadOnlySpan<char> action, bool hasBoundary)
{
    public AccessRequest Request { get; } = request;

    public Principal Caller { get; } = request.Principal;

    public RequestContext Context { get; } = request.Context;

    public ReadOnlySpan<char> Action { get; } = action;

    public ArnFields Resource { get; } = new(request.Resource);

    public bool HasBoundary { get; } = hasBoundary;
}
