using System.Security.Cryptography;
using Daypass.AspNetCore.Leases;
using Daypass.Policies;
using Daypass.Tokens;

namespace Daypass.AspNetCore.Requests;

/// <summary>The encoded authorization message of a refusal: why, for those who may decode it.</summary>
internal static class DenialMessage
{
    public static string Of(AccessRequest request, PolicySet policies, LeaseTerms terms, DateTimeOffset moment)
    {
        var isOpen = request.Principal.Account == request.ResourceAccount;
        var denial = ExplainedDenial.Of(request, policies, KnownToCaller(request.Context, terms.Keys), isOpen ? AuthorizationMessage.LongRoom : AuthorizationMessage.OneRoom);
        Span<byte> nonce = stackalloc byte[XAes256Gcm.NonceSize];
        RandomNumberGenerator.Fill(nonce);
        var message = new AuthorizationMessage(denial, DateTimeOffset.FromUnixTimeSeconds(moment.ToUnixTimeSeconds())) { IsOfOneSize = !isOpen };
        return terms.Explanation!.Seal(message, nonce);
    }

    // What Daypass vouches for and what the request says of itself. A service's own keys may tell of the resource, which may be another account's.
    private static RequestContext KnownToCaller(RequestContext context, RequestContext vouched)
    {
        var known = new RequestContext(vouched);
        foreach (var (key, value) in context.All)
        {
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) && !key.StartsWith("aws:Resource", StringComparison.OrdinalIgnoreCase))
                known.SetList(key, value.Values);
        }
        return known;
    }
}
