using Daypass.Jose;
using Daypass.Policies;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Keys;
using Daypass.Service.Outbound;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// A token that tells somebody outside who the caller is: signed, and verified with public keys that the account's issuer publishes. It gives no
/// right here, AssumeRoleWithWebIdentity does not take it, and nothing ends it before its time; so it is short.
/// </summary>
internal sealed class GetWebIdentityToken : ApiAction<GetWebIdentityToken.Request, GetWebIdentityToken.Response>
{
    /// <summary>
    /// The most bytes that the claims may take. As base64url with header and signature that stays under 6 KB: it goes in a header, beside others,
    /// and many servers take 8 KB of those.
    /// </summary>
    public const int MaxPayload = 4096;

    private const int DefaultDuration = 300;
    private const int MaxAudiences = 10;
    private static readonly TextRule Audience = TextRule.Of(1, 1000);

    internal sealed record Request(IReadOnlyList<string> Audience, string Algorithm, int Duration, SessionTagRequest Tags)
    {
        public string Purpose => Algorithm == JsonWebKey.Es384 ? KeyPurposes.WebIdentityEs384 : KeyPurposes.WebIdentityRs256;
    }

    internal sealed record Response(string Token, DateTimeOffset Expiration) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            // Whoever has it is the caller, to those who trust the issuer: nothing that a trail should hold.
            writer.Secret("WebIdentityToken", Token);
            writer.Time("Expiration", Expiration);
        }
    }

    public override bool IsHot => true;

    public override bool RecordsResponse => true;

    public override Request Read(Parameters wire)
    {
        var audience = wire.Texts("Audience", Audience, MaxAudiences, minimum: 1);
        if (audience.Count == 0 && wire.Raw("Audience") is null)
            wire.Missing("Audience");
        return new Request(
            audience,
            wire.RequiredWord("SigningAlgorithm", JsonWebKey.Rs256, JsonWebKey.Es384),
            wire.Number("DurationSeconds", 60, (int)KeyPurposes.LongestWebIdentity.TotalSeconds) ?? DefaultDuration,
            SessionTagRequest.ReadWithoutTransitive(wire));
    }

    public override IReadOnlyList<string> SignsWith(Request request, Scene scene) => OutboundFederation.IsEnabled(scene) ? [request.Purpose] : [];

    public override Question Ask(Request request, Scene scene)
    {
        if (scene.Caller.Principal.Kind == PrincipalKind.Root)
            throw Errors.AccessDenied("Web identity tokens may not be issued to root accounts.");
        Permission Asking(string action)
        {
            var asked = new Permission(action, "*", scene.Caller.Account).Passing(request.Tags.Tags);
            return asked with
            {
                Keys = [.. asked.Keys, new("sts:SigningAlgorithm", request.Algorithm), new("sts:DurationSeconds", $"{request.Duration}")],
                ListKeys = [.. asked.ListKeys, new("sts:IdentityTokenAudience", request.Audience)],
            };
        }

        return new Question(request.Tags.Tags.Count == 0 ? [Asking("sts:GetWebIdentityToken")] : [Asking("sts:GetWebIdentityToken"), Asking("sts:TagGetWebIdentityToken")]);
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var issuer = OutboundFederation.RequireIssuer(scene);
        var lasts = TimeSpan.FromSeconds(request.Duration);
        if (scene.Caller.Session is { } session && scene.Now + lasts > session.ExpiresAt)
            throw Errors.SessionDurationEscalation($"The token would last {request.Duration} seconds, and the calling session ends in {(int)(session.ExpiresAt - scene.Now).TotalSeconds}. Pass a smaller DurationSeconds, or get new credentials first.");
        var issued = DateTimeOffset.FromUnixTimeSeconds(scene.RealTime.ToUnixTimeSeconds());
        var claims = new WebIdentityClaims(issuer, request.Audience, issued, issued + lasts, request.Tags.Tags);
        var payload = claims.Write(scene);
        if (payload.Length > MaxPayload)
            throw Errors.JwtPayloadSizeExceeded(payload.Length, MaxPayload);
        var key = scene.Vault.SigningKey(request.Purpose) ?? throw Errors.Unavailable("This node has no key to sign with; its operator must see to the master key file. Try again later.");
        return new Outcome<Response>(new Response(JwtWriter.Write(key.WebKey, payload, key.Sign), claims.ExpiresAt));
    }
}
