// A person with a browser (Chromium by playwright-core): node browser.mjs <what> <address>, as BROWSER of "daypass login". What goes wrong is in the file that
// BROWSER_LOG names, because nobody reads a browser's outputs. The browser is closed whatever happens.
import { renameSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [, , what, address] = process.argv;
const { BROWSER_ROLE: role, BROWSER_SHOTS: shots, BROWSER_LOG: log } = process.env;
const patience = 60_000;

const people = {
  // npm oidc-provider's own pages: who it is, and whether daypass may know.
  async oidc(page) {
    await page.fill("input[name=login]", "alice");
    await page.fill("input[name=password]", "EXAMPLE");
    await page.click("button[type=submit]");
    await page.waitForSelector("input[name=prompt][value=consent]", { state: "attached" });
    await page.click("button[type=submit]");
    await page.waitForSelector("text=Back to the terminal");
  },

  // No is an answer, too.
  async refusing(page) {
    await page.click("text=Cancel");
    await page.waitForSelector("text=Back to the terminal");
  },

  // SimpleSAMLphp's, then ours with the roles, by keyboard alone.
  async roles(page) {
    await signInAtSimpleSaml(page);
    await page.waitForSelector("h1:has-text('Choose a role')");
    await shoot(page);
    const button = page.locator("button", { hasText: role });
    for (let i = 0; i < 50 && !(await button.evaluate((element) => element === document.activeElement)); i++)
      await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector(process.env.BROWSER_END ?? "text=Back to the terminal");
    if (process.env.BROWSER_KEEP)
      writeFileSync(process.env.BROWSER_KEEP, await page.locator("pre").first().innerText());
  },

  // Another site has got hold of an answer, and makes the browser choose with it.
  async forged(page) {
    await signInAtSimpleSaml(page);
    await page.waitForSelector("h1:has-text('Choose a role')");
    const own = new URL(page.url()).origin;
    const [response, choice] = [await page.inputValue("input[name=SAMLResponse]"), await page.locator("button").first().getAttribute("value")];
    await page.route("http://localhost:1/", (route) => route.fulfill({ contentType: "text/html", body: `<form method="post" action="${own}/saml/session"><input name="SAMLResponse" value="${response}"><input name="role" value="${choice}"></form><script>document.forms[0].submit()</script>` }));
    await page.goto("http://localhost:1/");
    await page.waitForSelector("text=A role is chosen on the page that lists them");
  },

  // The role was named: nothing is asked of us.
  async named(page) {
    await signInAtSimpleSaml(page);
    await page.waitForSelector("text=Back to the terminal");
  },
};

async function signInAtSimpleSaml(page) {
  await page.fill("input[name=username]", "alice");
  await page.fill("input[name=password]", "EXAMPLE");
  await page.keyboard.press("Enter");
}

async function shoot(page) {
  if (!shots)
    return;
  for (const [name, width, height, colorScheme] of [["wide", 900, 700, "light"], ["narrow", 375, 700, "light"], ["dark", 900, 700, "dark"]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    if (scrolls)
      throw new Error(`The page is wider than ${width} pixels.`);
    await page.screenshot({ path: `${shots}/${name}.png` });
  }
  await page.emulateMedia({ colorScheme: "light" });
}

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
let page, outcome;
try {
  // The provider's authority is known to nobody.
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 900, height: 700 } });
  page = await context.newPage();
  page.setDefaultTimeout(patience);
  const refused = [];
  page.on("console", (message) => message.type() === "error" && message.text().includes("Content Security Policy") && refused.push(message.text()));
  await page.goto(address, { timeout: patience });
  await people[what](page);
  if (refused.length > 0)
    throw new Error(refused.join("\n"));
  outcome = "went well";
} catch (failure) {
  outcome = `${failure.stack}\n${page?.url()}\n${await page?.content().catch(() => "")}`;
} finally {
  await browser.close();
  writeFileSync(`${log}.new`, outcome);
  renameSync(`${log}.new`, log);
}
