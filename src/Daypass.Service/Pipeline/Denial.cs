using Daypass.Policies;
using Daypass.Tokens;

namespace Daypass.Service.Pipeline;

/// <summary>What a refusal by policies rests on. Explained only once: refusals are often decided again before they are answered.</summary>
/// <param name="Scene">Of the moment of the decision.</param>
/// <param name="Permission">What was refused.</param>
/// <param name="Common">The condition keys of the caller and the request.</param>
/// <param name="Request">What the engine was asked.</param>
/// <param name="Policies">What it decided by.</param>
/// <param name="Decision">What it answered.</param>
internal sealed record Denial(Scene Scene, Permission Permission, RequestContext Common, AccessRequest Request, PolicySet Policies, Decision Decision)
{
    // What the caller has put into the request. Other keys of a permission may tell of the resource, which may be another account's.
    private static readonly string[] RequestPrefixes = ["sts:", "aws:RequestTag/", "aws:TagKeys"];

    /// <summary>The encoded authorization message; null where refusals go without.</summary>
    public string? Encode()
    {
        // Nobody who has no credentials could have it decoded.
        if (Scene.Settings.HasPlainDenials || Scene.Caller.Federation is not null)
            return null;
        var denial = ExplainedDenial.Of(Request, Policies, KnownToCaller(), IsOpen ? AuthorizationMessage.LongRoom : AuthorizationMessage.OneRoom);
        return Scene.Vault.SealMessage(new AuthorizationMessage(denial, Scene.NowInSeconds) { IsOfOneSize = !IsOpen }, Scene.Entropy);
    }

    // What the sentence does not tell, the size must not tell either: then it is one for all.
    private bool IsOpen => Permission.ExplainsDenial && IsInOneAccount;

    /// <summary>Whether the caller's account owns the resource.</summary>
    public bool IsInOneAccount => Permission.Owner == Scene.Caller.Account;

    private RequestContext KnownToCaller()
    {
        var known = new RequestContext(Common);
        foreach (var (key, value) in Permission.Keys.Where(entry => IsOfRequest(entry.Key)))
            known.Set(key, value);
        foreach (var (key, values) in Permission.ListKeys.Where(entry => IsOfRequest(entry.Key)))
            known.SetList(key, values);
        return known;
    }

    private static bool IsOfRequest(string key) => Array.Exists(RequestPrefixes, prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
