namespace Daypass.Service.Pipeline;

/// <summary>
/// A refusal that the caller is told about. Thrown by actions and pipeline steps, caught by the pipeline only. Made by
/// <see cref="Errors"/> and nowhere else.
/// </summary>
internal sealed class ApiException(ApiError error, string? detail = null) : Exception(error.Message)
{
    public ApiError Error { get; } = error;

    /// <summary>What policies decided, for a refusal that rests on them: explained once it is certain that it is the answer.</summary>
    public Denial? Denial { get; init; }

    /// <summary>For log and audit, never for the wire.</summary>
    public string? Detail { get; } = detail;
}

/// <summary>An error as it goes over the wire.</summary>
/// <param name="Code">AWS's wire code, such as <c>NoSuchEntity</c>.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Message">One line that helps the caller.</param>
internal sealed record ApiError(string Code, int Status, string Message)
{
    /// <summary>The <c>Reason</c> member of errors of JSON services that have one.</summary>
    public string? Reason { get; init; }

    /// <summary>Why, in one of a few words, where the caller must not know: for the trail alone.</summary>
    public string? TrailReason { get; init; }

    /// <summary>The number that uproject's clients know the refusal by, where the code does not tell; null where it does (that dialect's table of codes).</summary>
    public int? RetCode { get; init; }

    /// <summary>What is wrong with which parameter, for the services whose errors say so by member.</summary>
    public IReadOnlyList<Violation> Fields { get; init; } = [];

    /// <summary>The fields are the message in parts, so two errors of one message have the same.</summary>
    public bool Equals(ApiError? other) => other is not null && (Code, Status, Message, Reason) == (other.Code, other.Status, other.Message, other.Reason);

    public override int GetHashCode() => HashCode.Combine(Code, Status, Message, Reason);

    /// <summary>Set where the code does not tell that the refusal rests on something that was not found.</summary>
    public bool IsOfAbsence { get; init; }

    /// <summary>Whether the fault is on this side: such an answer may be tried again.</summary>
    public bool IsReceiver => Status >= 500;

    /// <summary>Whether it says no, and nothing about what is there: in an outage such a refusal stands, though nobody can be asked.</summary>
    public bool IsDenial => Code == "AccessDenied";

    /// <summary>
    /// The refusal rests on something that was not found; a node whose view is older than the request catches up with the feed and
    /// decides again before it answers so (design, step 8).
    /// </summary>
    public bool RestsOnAbsence => IsOfAbsence || Code is "NoSuchEntity" or "InvalidClientTokenId" or "AccessDenied" or "MalformedPolicyDocument"
        or "AWSOrganizationsNotInUseException" or "AccountNotFoundException" or "CreateAccountStatusNotFoundException"
        or "OutboundWebIdentityFederationDisabledException" or "FeatureDisabled" or "InvalidSigninToken";
}
