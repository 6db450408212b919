using Daypass.Names;
using Daypass.Service.Actions.Iam.Organizations;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// Temporary credentials for one task as root of a member account, for the organization's management account, once it has enabled that.
/// </summary>
internal sealed class AssumeRoot : ApiAction<AssumeRoot.Request, AssumeRoot.Response>
{
    private const int MaxDuration = 900;
    private const string NoRootCredentials = "accounts here have no root password, access keys or MFA devices, so there is nothing to audit, create or delete";
    private static readonly TextRule TargetRule = TextRule.Of(12, 2048);

    private static readonly Dictionary<string, string?> ReasonsAgainst = new(StringComparer.Ordinal)
    {
        [Task("S3UnlockBucketPolicy")] = null,
        [Task("SQSUnlockQueuePolicy")] = null,
        [Task("IAMAuditRootUserCredentials")] = NoRootCredentials,
        [Task("IAMCreateRootUserPassword")] = NoRootCredentials,
        [Task("IAMDeleteRootUserCredentials")] = NoRootCredentials,
    };

    internal sealed record Request(string TargetPrincipal, string TaskPolicyArn, int Duration)
    {
        /// <summary>The account of the number or of the ARN of its root.</summary>
        public AccountId? Target { get; } = AccountId.TryParse(TargetPrincipal, out var account) || IsRoot(TargetPrincipal, out account) ? account : null;

        private static bool IsRoot(string text, out AccountId account)
        {
            account = Arn.TryParse(text, out var arn) ? arn.AccountId ?? default : default;
            return account.IsSet && arn == Arn.Root(account);
        }
    }

    internal sealed record Response(Credentials Credentials, string? SourceIdentity) : IIssuesCredentials
    {
        public string IssuedAccessKeyId => Credentials.AccessKeyId;

        public void Write(ShapeWriter writer)
        {
            writer.Structure("Credentials", Credentials);
            writer.Text("SourceIdentity", SourceIdentity);
        }
    }

    public override bool IsReadOnly => true;

    public override bool RecordsResponse => true;

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("TargetPrincipal", TargetRule),
        wire.RequiredText("TaskPolicyArn.arn", TextRules.StsArn),
        wire.Number("DurationSeconds", 0, MaxDuration) ?? MaxDuration);

    // No policy of the member's own has a say: it is the organization that makes the caller's account its manager.
    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("sts:AssumeRoot", RootOf(request), scene.Caller.Account)
    {
        Keys = [KeyValuePair.Create("sts:TaskPolicyArn", request.TaskPolicyArn)],
    });

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        CheckTask(request);
        if (ReasonToRefuse(request, scene) is { } because)
            throw Errors.AccessDenied(scene.Caller.Arn, "sts:AssumeRoot", RootOf(request), because);
        var account = request.Target!.Value;
        var now = scene.NowInSeconds;
        var sourceIdentity = scene.Caller.Session?.SourceIdentity;
        return new Outcome<Response>(new Response(
            Credentials.Issue(scene, account, secret => new SessionClaims
            {
                Kind = SessionKind.AssumedRoot,
                Account = account,
                PrincipalId = account.ToString(),
                SecretAccessKey = secret,
                IssuedAt = now,
                ExpiresAt = now.AddSeconds(request.Duration),
                RevocationsSeen = scene.RevocationsSeen,
                Chain = Chain.Of(scene.Caller),
                SourceIdentity = sourceIdentity,
                PolicyArns = [request.TaskPolicyArn],
            }),
            sourceIdentity));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [new AuditResource("AWS::Organizations::Account", RootOf(request))];

    private static string Task(string name) => $"arn:aws:iam::aws:policy/root-task/{name}";

    private static string RootOf(Request request) =>
        Arn.Root(request.Target ?? throw Errors.ValidationError($"{Errors.Shorten(request.TargetPrincipal)} is neither an account id nor the ARN of a root user")).ToString();

    private static void CheckTask(Request request)
    {
        if (!ReasonsAgainst.TryGetValue(request.TaskPolicyArn, out var reason))
            throw Errors.ValidationError($"{Errors.Shorten(request.TaskPolicyArn)} is not a task policy. These are: {string.Join(", ", ReasonsAgainst.Keys)}");
        if (reason is not null)
            throw Errors.ValidationError($"{request.TaskPolicyArn} is of no use: {reason}.");
    }

    private static string? ReasonToRefuse(Request request, Scene scene)
    {
        if (scene.Home.Organization is not { } organization)
            return "because the caller's account manages no organization";
        if (!organization.RootFeatures.Contains(RootFeatures.Sessions))
            return "because root sessions are not enabled in the organization (iam:EnableOrganizationsRootSessions)";
        return request.Target == scene.Home.Account || scene.Home.Documents.Find(DocumentKinds.OrganizationAccount, request.Target.ToString()!) is null
            ? "because it is no member account of the organization"
            : null;
    }
}
