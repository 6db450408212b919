using Daypass.Service.Pipeline;

namespace Daypass.Service.Audit;

/// <summary>
/// The <c>additionalEventData</c> of a record: which dialect the call was in, if not AWS's, which OAuth grant it was part of, how an outside provider was told from others, why policies refused, what is odd about policies
/// that were written, and what had to be cut.
/// </summary>
internal static class AuditAdditions
{
    /// <summary>What the record can add to itself. Everything but the dialect, the grant and <see cref="Cut"/> is for the caller's own account.</summary>
    public readonly record struct Facts(string? Dialect, string? Grant, FederatedIdentity? Federated, Denial? Denial, WrittenPolicies? Written, IAddsToRecord? Response, Cut Cut);

    /// <summary>Which elements did not fit.</summary>
    [Flags]
    public enum Cut
    {
        Nothing = 0,
        RequestParameters = 1,
        ResponseElements = 2,
    }

    public static void Write(AuditScratch scratch, in Facts facts)
    {
        // Across accounts why is half the other's business, and here it is told to one.
        var denial = facts.Denial?.IsInOneAccount is true ? facts.Denial : null;
        var hasWarnings = facts.Written is { Warnings.Count: > 0 };
        var method = facts.Federated?.VerificationMethod;
        if (facts.Dialect is null && facts.Grant is null && denial is null && !hasWarnings && method is null && facts.Response is null && facts.Cut == Cut.Nothing)
            return;
        scratch.Json.WriteStartObject("additionalEventData"u8);
        scratch.Limited.Begin(AuditLimits.AdditionalData);
        if (facts.Dialect is not null)
            scratch.Limited.Text("dialect", facts.Dialect);
        if (facts.Grant is not null)
            scratch.Limited.Text("oauthGrantType", facts.Grant);
        if (facts.Cut != Cut.Nothing)
            Write(scratch.Limited, facts.Cut);
        foreach (var (name, value) in facts.Response?.Additions ?? [])
            scratch.Limited.Text(name, value);
        if (method is not null)
            scratch.Limited.Text("identityProviderConnectionVerificationMethod", method);
        if (denial is not null)
            AuditWarnings.Write(scratch.Limited, denial.Decision);
        if (hasWarnings)
            AuditWarnings.Write(scratch.Limited, facts.Written!);
        scratch.Json.WriteEndObject();
    }

    private static void Write(LimitedJson json, Cut cut)
    {
        if (!json.TryStartArray("truncated"))
            return;
        if (cut.HasFlag(Cut.RequestParameters))
            json.Text("requestParameters");
        if (cut.HasFlag(Cut.ResponseElements))
            json.Text("responseElements");
        json.EndArray();
    }
}
