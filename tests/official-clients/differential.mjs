// Calls operations with the official Node clients, given inputs by their names on the wire: pop-core (V1) and
// openapi-client (V3, and V1 when asked for).
//
// usage: node differential.mjs HOST:PORT MODE SECRET INPUTS   (in the folder the packages are installed in)
//
// MODE is v3, v1 or pop. One line of JSON is printed per call.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const Pop = require('@alicloud/pop-core');
const OpenApi = require('@alicloud/openapi-client');
const OpenApiUtil = require('@alicloud/openapi-util');
const Util = require('@alicloud/tea-util');

const [address, mode, secret, inputs] = process.argv.slice(2);
if (!/^(127\.0\.0\.1|\[::1\]):\d+$/.test(address || '')) throw new Error('loopback only');

const pop = ({ version, operation, parameters }) =>
  new Pop({ accessKeyId: 'testAccessKeyId', accessKeySecret: secret, endpoint: 'http://' + address, apiVersion: version })
    .request(operation, parameters, { method: 'POST' });

const client = new OpenApi.default(new OpenApi.Config({
  accessKeyId: 'testAccessKeyId', accessKeySecret: secret, endpoint: address, protocol: 'http', regionId: 'cn-hangzhou',
  signatureAlgorithm: mode === 'v1' ? 'v2' : undefined,
}));

const openapi = ({ version, operation, parameters }) => {
  const call = new OpenApi.Params({
    action: operation, version, protocol: 'HTTP', pathname: '/', method: 'POST', authType: 'AK', style: 'RPC',
    reqBodyType: 'formData', bodyType: 'json',
  });
  const query = OpenApiUtil.default.query(parameters);
  return client.callApi(call, new OpenApi.OpenApiRequest({ query }), new Util.RuntimeOptions({}));
};

for (const call of JSON.parse(readFileSync(inputs, 'utf8'))) {
  let code = null;
  // pop-core spells every parameter with a capital.
  const lower = Object.keys(call.parameters).some((name) => /^[a-z]/.test(name));
  if (mode === 'pop' && lower) {
    console.log(JSON.stringify({ operation: call.operation, code: 'unsupported' }));
    continue;
  }
  try {
    await (mode === 'pop' ? pop : openapi)(call);
  } catch (error) {
    // pop-core takes any Code in a good answer for a failure. What is refused names the host.
    const answered = mode === 'pop' && error.data && !error.data.HostId;
    code = answered ? null : error.code || String(error);
  }
  console.log(JSON.stringify({ operation: call.operation, code }));
}
