using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.AccessKeys;
using Daypass.Service.Actions.Iam.Users;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Users;

/// <summary>
/// A new user, who may do nothing yet, with its first key if it is to have one. Making the key, and letting it log in, are powers of their own here as in
/// AWS's API, where they are calls of their own.
/// </summary>
internal sealed class CreateUser : ApiAction<CreateUser.Request, CreateUser.Response>
{
    internal sealed record Request(string UserName, bool HasKey, string? DisplayName, string? Email, LoginSettings Login);

    internal record Response(User User, Scene Scene) : IShape
    {
        public virtual void Write(ShapeWriter writer)
        {
            writer.Text("UserName", User.Name);
            writer.Text("DisplayName", User.DisplayName ?? "");
            writer.Number("CompanyID", Scene.Home.Account.Number);
            writer.Flag("ConsoleAccess", User.Login?.IsActive is true);
            writer.Flag("APIAccess", this is WithKey);
        }
    }

    /// <summary>The only answer that has the secret.</summary>
    internal sealed record WithKey(User User, Scene Scene, NewAccessKey Made) : Response(User, Scene), IIssuesCredentials
    {
        public string IssuedAccessKeyId => Made.Key.Id;

        public override void Write(ShapeWriter writer)
        {
            base.Write(writer);
            writer.Text("AccessKeyID", Made.Key.Id);
            writer.Secret("AccessKeySecret", Made.Secret);
        }
    }

    public override IReadOnlyList<string> SecretParameters => LoginSettings.Secrets;

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("UserName", TextRules.UserName),
        UprojectRules.RequireActive(wire, "AccessKeyStatus"),
        wire.Text("DisplayName", UprojectRules.DisplayName),
        wire.Text("Email", UprojectRules.Email),
        LoginSettings.Read(wire, UprojectRules.RequireActive(wire, "LoginProfileStatus")));

    public override Question Ask(Request request, Scene scene)
    {
        var create = ResourceKeys.On(scene, "iam:CreateUser", ArnOf(request, scene), []);
        return new Question(
        [
            create,
            .. request.HasKey ? [create with { Action = "iam:CreateAccessKey" }] : Array.Empty<Permission>(),
            .. request.Login.IsActive is true ? [create with { Action = "iam:CreateLoginProfile" }] : Array.Empty<Permission>(),
        ]);
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var user = NewUser.Of(request.UserName, "/", scene) with { DisplayName = request.DisplayName, Email = request.Email, Login = request.Login.On(null) };
        var changes = scene.Change().Make(user);
        if (!request.HasKey)
            return new Outcome<Response>(new Response(user, scene), changes);
        var made = NewAccessKey.For(user, scene);
        return new Outcome<Response>(new WithKey(user, scene, made), made.PutIn(changes, user));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [new AuditResource("AWS::IAM::User", ArnOf(request, scene).ToString())];

    private static Arn ArnOf(Request request, Scene scene) => Arn.Iam(scene.Home.Account, $"user/{request.UserName}");
}
