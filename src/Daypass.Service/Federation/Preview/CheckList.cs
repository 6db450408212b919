using Daypass.Jose;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Preview;

/// <summary>
/// The checks of a preview, in the order of a live call. It ends at none that fails: what can still be looked at is, so that whoever asks why learns of all
/// reasons at once. The checks themselves are the authenticators' own.
/// </summary>
internal sealed class CheckList
{
    private readonly List<ProofCheck> _checks = [];

    public IReadOnlyList<ProofCheck> All => _checks;

    /// <summary>The check that a live call would end at; null if it would pass them all.</summary>
    public ProofCheck? FirstFailed => _checks.Find(check => check.Outcome == CheckOutcome.No);

    /// <summary>Makes a check that throws when it fails.</summary>
    /// <param name="name">One word.</param>
    /// <param name="check">Returns what was found.</param>
    /// <param name="told">What the check is about, for when it fails.</param>
    /// <returns>Whether it passed.</returns>
    public bool Make(string name, Func<string> check, Func<string>? told = null)
    {
        try
        {
            _checks.Add(new ProofCheck(name, CheckOutcome.Ok, OneLine(check())));
            return true;
        }
        catch (ApiException refusal)
        {
            Fail(name, refusal, told);
        }
        catch (XmlRefusedException refused)
        {
            Fail(name, SamlReader.ErrorOf(refused), told);
        }
        catch (CertificateRefusedException refused)
        {
            Fail(name, Errors.UntrustedCertificate(refused.Message), told);
        }
        return false;
    }

    /// <summary>Notes how a check of a token went.</summary>
    public bool Note(string name, JwtFault? fault, string found)
    {
        _checks.Add(fault is null
            ? new ProofCheck(name, CheckOutcome.Ok, OneLine(found))
            : new ProofCheck(name, CheckOutcome.No, OneLine(found.Length == 0 ? fault.Message : $"{fault.Message} -- {found}"), TokenErrors.Of(fault).Error.Code));
        return fault is null;
    }

    public void Fail(string name, ApiException refusal, Func<string>? told = null) =>
        _checks.Add(new ProofCheck(name, CheckOutcome.No, OneLine(told is null ? refusal.Error.Message : $"{refusal.Error.Message} -- {told()}"), refusal.Error.Code));

    public void Skip(string because, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            _checks.Add(new ProofCheck(name, CheckOutcome.NotMade, because));
    }

    // What a token says is anybody's text.
    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
}
