using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// Temporary credentials for somebody whom the calling user vouches for under a name. They may do what both the user's policies and the
/// passed session policies allow: without any of those, nothing but what resource policies grant to the name.
/// </summary>
internal sealed class GetFederationToken : ApiAction<GetFederationToken.Request, GetFederationToken.Response>
{
    private const int DefaultDuration = 43200;
    private const int MaxDuration = 129600;

    internal sealed record Request(string Name, int Duration, SessionPolicyRequest Policy, SessionTagRequest Tags);

    internal sealed record Response(Credentials Credentials, string FederatedUserId, string Arn, int PackedPolicySize) : IIssuesCredentials
    {
        public string IssuedAccessKeyId => Credentials.AccessKeyId;

        public void Write(ShapeWriter writer)
        {
            writer.Structure("Credentials", Credentials);
            writer.Structure("FederatedUser", new FederatedUser(FederatedUserId, Arn));
            writer.Number("PackedPolicySize", PackedPolicySize);
        }
    }

    private sealed record FederatedUser(string FederatedUserId, string Arn) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("FederatedUserId", FederatedUserId);
            writer.Text("Arn", Arn);
        }
    }

    public override bool IsHot => true;

    public override bool RecordsResponse => true;

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("Name", TextRules.FederatedName),
        wire.Number("DurationSeconds", 900, MaxDuration) ?? DefaultDuration,
        SessionPolicyRequest.Read(wire, TextRules.ShortSessionPolicy),
        SessionTagRequest.ReadWithoutTransitive(wire));

    public override Question Ask(Request request, Scene scene)
    {
        Permission Asking(string action) => new Permission(action, ArnOf(request, scene), scene.Caller.Account).Passing(request.Tags.Tags);
        return new Question(request.Tags.Tags.Count == 0 ? [Asking("sts:GetFederationToken")] : [Asking("sts:GetFederationToken"), Asking("sts:TagSession")]);
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var caller = scene.Caller;
        request.Policy.Check(scene.Home, "user");
        var now = scene.NowInSeconds;
        SessionClaims? claims = null;
        var credentials = Credentials.Issue(scene, caller.Account, secret => claims = new SessionClaims
        {
            Kind = SessionKind.FederatedUser,
            Account = caller.Account,
            PrincipalId = caller.PrincipalId,
            SessionName = request.Name,
            SecretAccessKey = secret,
            IssuedAt = now,
            ExpiresAt = now.AddSeconds(request.Duration),
            RevocationsSeen = scene.RevocationsSeen,
            Chain = Chain.Of(caller),
            Policy = request.Policy.Inline,
            PolicySyntax = request.Policy.Syntax.Mark,
            PolicyArns = request.Policy.Arns,
            Tags = [.. request.Tags.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value))],
        });
        return new Outcome<Response>(new Response(credentials, $"{caller.Account}:{request.Name}", ArnOf(request, scene), PackedPolicy.Percent(claims!)));
    }

    private static string ArnOf(Request request, Scene scene) => Arn.Sts(scene.Caller.Account, $"federated-user/{request.Name}").ToString();
}
