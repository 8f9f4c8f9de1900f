# The account server in a container: docker build -t asxos . (docs/deployment.md)
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY bin bin
COPY migrations migrations
COPY scripts scripts
COPY src src
COPY tsconfig.json ./
RUN npm run build
# What runs needs no compiler, test or type; the sources of SQLite are in its binary.
RUN npm prune --omit=dev --no-audit --no-fund && rm -rf node_modules/better-sqlite3/deps node_modules/better-sqlite3/src

FROM node:24-bookworm-slim
ENV NODE_ENV=production ASXOS_DATA_DIR=/data ASXOS_CONFIG=/data/config.json
RUN install -d -o node -g node -m 0700 /data
WORKDIR /app
COPY --from=build /src/package.json ./
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/bin bin
COPY --from=build /src/dist dist
COPY --from=build /src/migrations migrations
USER node
VOLUME /data
EXPOSE 8788
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8788/health').then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node is process 1 and gets the signals itself.
ENTRYPOINT ["node", "/app/bin/asxos.js"]
CMD ["serve", "--host", "0.0.0.0", "--metrics-port", "9464"]
