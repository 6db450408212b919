using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Users;

/// <summary>A new user, who may do nothing yet.</summary>
internal sealed class CreateUser : ApiAction<CreateUser.Request, CreateUser.Response>
{
    internal sealed record Request(string UserName, string Path, string? PermissionsBoundary, IReadOnlyList<Tag> Tags)
    {
        public Arn ArnIn(AccountId account) => Arn.Iam(account, $"user{Path}{UserName}");
    }

    internal sealed record Response(UserShape User) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("User", User);
    }

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("UserName", TextRules.UserName),
        wire.Text("Path", TextRules.Path) ?? "/",
        wire.Text("PermissionsBoundary", TextRules.Arn),
        TagList.Read(wire));

    public override Question Ask(Request request, Scene scene)
    {
        var boundary = KeyValuePair.Create("iam:PermissionsBoundary", request.PermissionsBoundary);
        return Question.Of(ResourceKeys.On(scene, "iam:CreateUser", request.ArnIn(scene.Home.Account), [], boundary).Passing(request.Tags));
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        UserNames.RequireFree(request.UserName, scene);
        Quotas.Users.AdmitOneMore(scene.Home.Documents.Count(DocumentKinds.User));
        var user = new User
        {
            Name = request.UserName,
            Path = request.Path,
            Id = Identifiers.Unique(UniqueId.User, scene.Entropy),
            Created = scene.NowInSeconds,
            Boundary = request.PermissionsBoundary,
            Tags = request.Tags,
        };
        var changes = scene.Change().Put(DocumentKinds.User, user).Guard(Guards.Users);
        if (request.PermissionsBoundary is { } arn)
            RelyOnBoundary(changes, arn, scene);
        return new Outcome<Response>(new Response(UserShape.Full(user, scene)), changes);
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [new AuditResource("AWS::IAM::User", request.ArnIn(scene.Home.Account).ToString())];

    private static void RelyOnBoundary(Changes changes, string policyArn, Scene scene)
    {
        if (scene.Home.FindPolicy(policyArn) is null)
            throw Errors.NoSuchEntity($"Policy {policyArn} does not exist or is not attachable.");
        changes.Guard(Guards.AttachmentsOf(policyArn));
    }
}
