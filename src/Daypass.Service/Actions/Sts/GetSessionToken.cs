using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Sts;

/// <summary>Temporary credentials of a user for itself. Needs no permission, and no policy can refuse it.</summary>
internal sealed class GetSessionToken : ApiAction<GetSessionToken.Request, GetSessionToken.Response>
{
    private const int DefaultDuration = 43200;
    private const int MaxDuration = 129600;

    internal sealed record Request(int Duration, SecondFactor? Mfa);

    internal sealed record Response(Credentials Credentials) : IIssuesCredentials
    {
        public string IssuedAccessKeyId => Credentials.AccessKeyId;

        public void Write(ShapeWriter writer) => writer.Structure("Credentials", Credentials);
    }

    public override bool RecordsResponse => true;

    public override bool IsHot => true;

    public override IReadOnlyList<string> SecretParameters => [SecondFactor.Secret];

    public override Request Read(Parameters wire) => new(
        wire.Number("DurationSeconds", 900, MaxDuration) ?? DefaultDuration,
        SecondFactor.Read(wire));

    public override SecondFactor? SecondFactorOf(Request request) => request.Mfa;

    public override Question Ask(Request request, Scene scene) => Question.None;

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var caller = scene.Caller;
        var now = scene.NowInSeconds;
        return new Outcome<Response>(new Response(Credentials.Issue(scene, caller.Account, secret => new SessionClaims
        {
            Kind = SessionKind.User,
            Account = caller.Account,
            PrincipalId = caller.PrincipalId,
            SecretAccessKey = secret,
            IssuedAt = now,
            ExpiresAt = now.AddSeconds(request.Duration),
            RevocationsSeen = scene.RevocationsSeen,
            Chain = Chain.Of(caller),
            MfaAt = scene.Mfa?.At,
        })));
    }
}
