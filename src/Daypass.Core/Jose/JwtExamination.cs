namespace Daypass.Jose;

/// <summary>
/// How each check of a token went, whatever became of the others. Made by <see cref="JwtVerifier.Examine"/>, for people; only
/// <see cref="VerifiedToken"/> is a proof.
/// </summary>
public sealed record JwtExamination
{
    /// <summary>The issuer's key for the token, if it has one.</summary>
    public VerificationKey? Key { get; init; }

    /// <summary>Why there is no key.</summary>
    public JwtFault? KeyFault { get; init; }

    /// <summary>Why the signature is not taken; <see cref="KeyFault"/> where there is no key to check it with.</summary>
    public JwtFault? SignatureFault { get; init; }

    /// <summary>Why the issuer is not that of the keys.</summary>
    public JwtFault? IssuerFault { get; init; }

    /// <summary>What is wrong with the times.</summary>
    public JwtFault? TimesFault { get; init; }

    /// <summary>What is wrong with the subject.</summary>
    public JwtFault? SubjectFault { get; init; }

    /// <summary>Why no audience is accepted.</summary>
    public JwtFault? AudienceFault { get; init; }

    /// <summary>The audience that is accepted, as <see cref="VerifiedToken.Audience"/>.</summary>
    public string? Audience { get; init; }

    /// <summary>The fault that <see cref="JwtVerifier.Verify"/> would tell of; null if it would take the token.</summary>
    public JwtFault? First => SignatureFault ?? IssuerFault ?? TimesFault ?? SubjectFault ?? AudienceFault;
}
